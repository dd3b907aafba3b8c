from datetime import UTC, datetime, timedelta

import pytest

from helpers import Api, Json, unique


@pytest.fixture
def facility(api: Api) -> Json:
    return api.create("/facilities", {"name": unique("Juniper Clinic"), "state": "ID", "beds": 12})


@pytest.fixture
def affiliation(api: Api, facility: Json, provider: Json) -> Json:
    return api.create("/affiliations", {"provider_id": provider["id"], "facility_id": facility["id"]})


def test_a_facility_counts_its_providers(api: Api, facility: Json, affiliation: Json) -> None:
    assert api.get(f"/facilities/{facility['id']}").json() == {**facility, "providers": 1}


def test_a_facility_is_replaced(api: Api, facility: Json) -> None:
    body = {"name": unique("Juniper Hospital"), "state": "MT", "beds": 80}
    assert api.put(f"/facilities/{facility['id']}", body).json() == {**body, "id": facility["id"]}
    assert body["name"] in [listed["name"] for listed in api.get("/facilities", state="MT").json()]


def test_an_affiliation_ends(api: Api, facility: Json, affiliation: Json) -> None:
    assert affiliation["facility"] == {"id": facility["id"], "name": facility["name"]}
    assert api.delete(f"/affiliations/{affiliation['id']}").status_code == 204
    assert api.get("/affiliations", facility_id=facility["id"]).json() == []


def test_an_affiliation_needs_a_facility(api: Api, provider: Json) -> None:
    response = api.post("/affiliations", {"provider_id": provider["id"], "facility_id": 99_999_999})
    assert (response.status_code, response.json()) == (404, {"detail": "There is no facility 99999999"})


def test_privileges_are_granted_checked_and_revoked(api: Api, affiliation: Json) -> None:
    procedures = ["Angioplasty", "Angioplasty", "Stress test"]
    granted = api.create("/privileges", {"affiliation_id": affiliation["id"], "procedures": procedures})
    assert [privilege["procedure"] for privilege in granted] == ["Angioplasty", "Stress test"]
    question = {"affiliation_id": affiliation["id"], "procedure": "Angioplasty"}
    assert api.get("/privileges/check", **question).json() == {"allowed": True}
    assert api.delete(f"/privileges/{granted[0]['id']}").status_code == 204
    assert api.get("/privileges/check", **question).json() == {"allowed": False}


def test_a_roster_is_compared_with_the_providers(admin: Api, provider: Json) -> None:
    payer = admin.create("/payers", {"code": unique("P").replace("-", ""), "name": "Alder Health"})
    roster = f'<roster><provider npi="{provider["npi"]}"/><provider npi="1999999984"/></roster>'
    headers = {"content-type": "application/xml"}
    checked = admin.request("POST", f"/payers/{payer['id']}/roster", content=roster, headers=headers)
    assert checked.json() == {"known": [provider["npi"]], "unknown": ["1999999984"]}
    broken = admin.request("POST", f"/payers/{payer['id']}/roster", content="<roster>", headers=headers)
    assert broken.status_code == 400
    assert broken.json()["detail"].startswith("The roster is not well-formed XML")


def test_an_enrollment_needs_a_valid_license(api: Api, provider: Json) -> None:
    response = api.post("/enrollments", {"provider_id": provider["id"], "payer_id": 1})
    assert (response.status_code, response.json()) == (409, {"detail": "Noor Haddad has no valid license"})


def test_an_enrollment_is_expected_after_the_days_of_the_payer(api: Api, provider: Json) -> None:
    license = {"provider_id": provider["id"], "state": "OR", "number": unique("MD"), "expires_on": "2090-01-01"}
    api.create("/licenses", license)
    enrollment = api.create("/enrollments", {"provider_id": provider["id"], "payer_id": 1})
    day = datetime.fromisoformat(enrollment["submitted_on"]).replace(tzinfo=UTC).date() + timedelta(days=60)
    expected = api.get(f"/enrollments/{enrollment['id']}/expected").json()
    assert expected == {"payer": "Northwest Health Plan", "expected_on": str(day), "overdue": False}
    assert api.post(f"/enrollments/{enrollment['id']}/activation").json()["effective_on"] is not None
    assert api.post(f"/enrollments/{enrollment['id']}/activation").status_code == 409
