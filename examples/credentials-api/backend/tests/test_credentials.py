import base64
from datetime import UTC, date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helpers import Api, Json, unique

TODAY = datetime.now(UTC).date()


def add_license(api: Api, provider: Json, expires_on: date, state: str = "OR") -> Json:
    body = {"provider_id": provider["id"], "state": state, "number": unique("MD"), "expires_on": str(expires_on)}
    return api.create("/licenses", body)


def test_a_license_is_valid_then_expiring_then_expired(api: Api, provider: Json) -> None:
    statuses = []
    for days in (200, 10, -1):
        license = add_license(api, provider, TODAY + timedelta(days=days))
        statuses.append(api.get(f"/licenses/{license['id']}").json()["status"])
    assert statuses == ["valid", "expiring", "expired"]


def test_expiring_licenses_are_listed(api: Api, provider: Json) -> None:
    soon = add_license(api, provider, TODAY + timedelta(days=20))
    later = add_license(api, provider, TODAY + timedelta(days=400))
    listed = api.get("/licenses/expiring", months=1).json()
    assert soon in listed
    assert later not in listed


def test_a_renewal_on_february_29_ends_on_february_28(api: Api, provider: Json) -> None:
    license = add_license(api, provider, date(2032, 2, 29))
    renewed = api.post(f"/licenses/{license['id']}/renewals?years=1")
    assert renewed.json()["expires_on"] == "2033-02-28"


def test_the_license_of_an_inactive_provider_cannot_be_renewed(api: Api, provider: Json) -> None:
    license = add_license(api, provider, TODAY)
    api.patch(f"/providers/{provider['id']}", {"active": False})
    response = api.post(f"/licenses/{license['id']}/renewals")
    assert (response.status_code, response.json()) == (409, {"detail": "Noor Haddad is not active"})


def test_a_certification_lapses(api: Api, provider: Json) -> None:
    body = {"provider_id": provider["id"], "board": "ABIM", "specialty": "Cardiology", "valid_years": 1}
    lapsed = api.create("/certifications", {**body, "issued_on": "2020-02-29"})
    assert lapsed["expires_on"] == "2021-02-28"
    assert api.get(f"/certifications/{lapsed['id']}/status").json() == {"status": "lapsed", "years_left": 0}
    valid = api.create("/certifications", {**body, "issued_on": str(TODAY), "valid_years": 10})
    assert api.get(f"/certifications/{valid['id']}/status").json()["status"] == "certified"
    assert len(api.get("/certifications", provider_id=provider["id"]).json()) == 2


def test_a_document_comes_back_as_it_was_uploaded(api: Api, provider: Json) -> None:
    content = b"%PDF-1.7\r\n\x00\xff binary"
    files = {"file": ("diploma.pdf", content, "application/pdf")}
    uploaded = api.post("/documents", data={"provider_id": provider["id"]}, files=files)
    assert uploaded.status_code == 201, uploaded.text
    download = api.get(f"/documents/{uploaded.json()['id']}/content")
    assert download.content == content
    assert download.headers["content-type"] == "application/pdf"
    assert api.get("/documents", provider_id=provider["id"]).json() == [uploaded.json()]


def test_a_program_is_no_document(api: Api, provider: Json) -> None:
    files = {"file": ("setup.exe", b"MZ", "application/x-msdownload")}
    response = api.post("/documents", data={"provider_id": provider["id"]}, files=files)
    assert response.status_code == 400
    assert response.json() == {"detail": "A document must be a PDF, an image, or text of at most 4 MB"}


def attestation(submission: Json, statement: str, signed: str) -> Json:
    key = ec.generate_private_key(ec.SECP256R1())
    public_key = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return {
        "application_id": submission["id"],
        "statement": statement,
        "public_key": base64.b64encode(public_key).decode(),
        "signature": base64.b64encode(key.sign(signed.encode(), ec.ECDSA(SHA256()))).decode(),
    }


def test_a_signed_attestation_verifies(api: Api, submission: Json) -> None:
    statement = "All that this application says is true and complete."
    created = api.create("/attestations", attestation(submission, statement, statement))
    assert api.get(f"/attestations/{created['id']}/verification").json() == {"valid": True}
    assert api.get(f"/attestations/{created['id']}").json()["statement"] == statement


def test_the_signature_of_another_statement_is_refused(api: Api, submission: Json) -> None:
    body = attestation(submission, "All that this application says is true.", "Something else is signed.")
    response = api.post("/attestations", body)
    assert (response.status_code, response.json()) == (400, {"detail": "The signature does not match the statement"})
