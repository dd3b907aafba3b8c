"""Fails if PyPI would refuse the metadata of a wheel or a source distribution. Needs `packaging`, as `build` does."""

import sys
import tarfile
import zipfile

from packaging.metadata import Metadata


def metadata_of(file):
    if file.endswith(".whl"):
        with zipfile.ZipFile(file) as wheel:
            return wheel.read(next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")))
    with tarfile.open(file) as archive:
        return archive.extractfile(next(name for name in archive.getnames() if name.endswith("/PKG-INFO"))).read()


for file in sys.argv[1:]:
    metadata = Metadata.from_email(metadata_of(file), validate=True)
    if not metadata.description:
        sys.exit(f"{file} has no description for its page on PyPI")
