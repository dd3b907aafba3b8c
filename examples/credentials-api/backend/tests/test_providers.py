from collections.abc import Callable

import httpx
import pytest

from helpers import Api, Json, new_npi


def test_a_created_provider_is_at_its_location(api: Api, client: httpx.Client) -> None:
    body = {"npi": new_npi(), "first_name": "Ada", "last_name": "Okafor", "specialty": "Surgery"}
    created = api.post("/providers", body)
    path = httpx.URL(created.headers["location"]).path
    assert created.status_code == 201
    assert path.endswith(f"/api/v1/providers/{created.json()['id']}")
    assert api.get(f"/providers/{created.json()['id']}").json() == {**body, "id": created.json()["id"], "active": True}


def test_two_providers_cannot_have_one_npi(api: Api, provider: Json) -> None:
    response = api.post("/providers", {**provider, "first_name": "Other"})
    assert response.status_code == 409
    assert response.json() == {"detail": "The data conflicts with data that exists"}


def test_providers_are_found_by_their_npi(api: Api, provider: Json) -> None:
    assert api.get("/providers", search=provider["npi"]).json() == [provider]


def test_a_search_takes_a_wildcard_literally(api: Api, provider: Json) -> None:
    assert api.get("/providers", search="%").json() == []


def test_a_change_leaves_the_rest_as_it_is(api: Api, provider: Json) -> None:
    changed = api.patch(f"/providers/{provider['id']}", {"specialty": "Oncology"})
    assert changed.json() == {**provider, "specialty": "Oncology"}


def test_contacts_are_normalized(api: Api, provider: Json) -> None:
    body = {"provider_id": provider["id"], "email": "Noor@Clinic.Example", "phone": "(503) 226-1234"}
    created = api.create("/contacts", body)
    assert (created["email"], created["phone"]) == ("Noor@clinic.example", "+15032261234")
    assert api.delete(f"/contacts/{created['id']}").status_code == 204
    assert api.get("/contacts", provider_id=provider["id"]).json() == []


@pytest.mark.parametrize(("field", "value"), [("email", "noor@"), ("phone", "12"), ("phone", "(555) 555-5555")])
def test_contacts_that_cannot_be_reached_are_refused(api: Api, provider: Json, field: str, value: str) -> None:
    body = {"provider_id": provider["id"], "email": "noor@clinic.example", "phone": "(503) 226-1234", field: value}
    response = api.post("/contacts", body)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", field]


def test_gaps_in_the_education_are_found(api: Api, provider: Json) -> None:
    school = {"provider_id": provider["id"], "institution": "Larkspur School of Medicine", "degree": "MD"}
    residency = {"provider_id": provider["id"], "institution": "Larkspur General Hospital", "degree": "residency"}
    api.create("/education", {**residency, "starts_on": "2013-08-15", "ends_on": "2016-06-30"})
    api.create("/education", {**school, "starts_on": "2008-09-01", "ends_on": "2012-06-01"})
    gaps = api.get("/education/gaps", provider_id=provider["id"]).json()
    assert gaps == [{"starts_on": "2012-06-01", "ends_on": "2013-08-15", "months": 14}]


def test_an_education_must_end_after_it_starts(api: Api, provider: Json) -> None:
    body = {"provider_id": provider["id"], "institution": "Larkspur", "degree": "MD"}
    response = api.post("/education", {**body, "starts_on": "2010-01-01", "ends_on": "2009-01-01"})
    assert response.status_code == 422
    assert "ends_on must be after starts_on" in response.text


def test_policies_in_force_add_up(api: Api, provider: Json) -> None:
    policy = {"provider_id": provider["id"], "carrier": "Harborline Mutual", "aggregate": "2000000.00"}
    for per_claim, ends_on in [("600000.00", "2090-01-01"), ("500000.50", "2090-01-01"), ("900000.00", "2021-01-01")]:
        api.create("/insurance", {**policy, "per_claim": per_claim, "starts_on": "2020-01-01", "ends_on": ends_on})
    coverage = api.get("/insurance/coverage", provider_id=provider["id"]).json()
    assert coverage == {"covered": True, "per_claim": "1100000.50", "aggregate": "4000000.00"}


def test_npis_are_checked(api: Api) -> None:
    assert api.get("/npi/1234567893/check").json() == {"valid": True}
    wrong = api.get("/npi/1234567890/check").json()
    assert wrong == {"valid": False, "reason": "The check digit of the NPI is wrong"}


def test_a_name_that_resembles_a_sanctioned_one_is_a_hit(api: Api) -> None:
    hits = api.get("/sanctions/search", name="Ashdown, Jonathon R").json()
    assert [hit["sanction"]["name"] for hit in hits] == ["Jonathan R. Ashdown"]


def test_a_screening_is_in_the_audit_trail(api: Api, provider: Json, eventually: Callable[..., None]) -> None:
    screening = api.post(f"/sanctions/screenings/{provider['id']}").json()
    assert screening == {"provider_id": provider["id"], "clear": True, "hits": []}
    subject = f"provider:{provider['id']}"
    eventually(lambda: "provider.screened" in [event["action"] for event in api.get("/audits", subject=subject).json()])


def test_a_peer_writes_a_reference_without_an_account(api: Api, provider: Json, client: httpx.Client) -> None:
    request = api.create("/peers", {"provider_id": provider["id"], "peer_email": "peer@clinic.example"})
    path = "/api/v1" + httpx.URL(request["link"]).path.partition("/api/v1")[2]
    assert client.put(path, json={"rating": 4, "comment": "Careful"}).status_code == 204
    assert client.put(path, json={"rating": 1}).status_code == 409
    assert api.get("/peers/rating", provider_id=provider["id"]).json() == {"rating": 4.0}
    [reference] = api.get("/peers", provider_id=provider["id"]).json()
    assert (reference["rating"], reference["comment"]) == (4, "Careful")
