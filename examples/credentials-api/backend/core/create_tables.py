"""Creates the tables in the database at `DATABASE_URL`, with the sample data: `python -m core.create_tables`."""

from sqlalchemy import create_engine

from core.sample_data import add_sample_data
from core.settings import settings

if __name__ == "__main__":
    if settings.database_url is None:
        raise SystemExit("DATABASE_URL must be the URL of a database, got nothing")
    add_sample_data(create_engine(settings.database_url))
