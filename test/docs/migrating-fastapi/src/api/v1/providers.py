from core.database import user_name
from fastapi import APIRouter

router = APIRouter()


@router.get("/{provider_id}")
def read(provider_id: int) -> dict[str, str]:
    return {"id": str(provider_id), "read_by": user_name()}
