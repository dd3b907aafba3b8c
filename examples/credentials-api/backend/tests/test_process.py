from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from helpers import Api, Json, unique


def move(api: Api, submission: Json, *statuses: str) -> None:
    for status in statuses:
        response = api.post(f"/applications/{submission['id']}/status", {"status": status})
        assert response.status_code == 200, response.text


def test_an_application_goes_through_its_steps(api: Api, submission: Json) -> None:
    move(api, submission, "submitted", "in_review", "approved")
    assert api.get(f"/applications/{submission['id']}").json()["status"] == "approved"


def test_an_application_cannot_skip_the_review(api: Api, submission: Json) -> None:
    response = api.post(f"/applications/{submission['id']}/status", {"status": "approved"})
    assert response.status_code == 409
    assert response.json() == {"detail": "An application that is draft cannot become approved"}


def test_the_audit_trail_names_the_user_and_the_request(
    api: Api, submission: Json, eventually: Callable[..., None]
) -> None:
    body, headers = {"status": "withdrawn"}, {"x-request-id": unique("request")}
    api.post(f"/applications/{submission['id']}/status", body, headers=headers)
    subject = f"application:{submission['id']}"
    eventually(lambda: len(api.get("/audits", subject=subject).json()) == 2)
    event = api.get("/audits", subject=subject).json()[0]
    assert event["action"] == "application.withdrawn"
    assert event["actor"] == "coordinator@credentials.example"
    assert event["request_id"] == headers["x-request-id"]
    assert api.get("/audits/summary").json()["application.withdrawn"] >= 1


def test_the_audit_trail_has_no_events_of_the_future(api: Api) -> None:
    assert api.get("/audits", since="2090-W10").json() == []
    assert api.get("/audits", since="2090-01-01T00:00:00-08:00").json() == []
    assert api.get("/audits", since="next week").status_code == 422


def test_the_committee_meets_on_the_first_tuesday(api: Api) -> None:
    title = unique("Peer review")
    schedule = {"title": title, "first": "2031-01-01T17:00:00Z", "months": 3}
    meetings = api.create("/committees/meetings", schedule)
    assert all(meeting["starts_at"].endswith("17:00:00Z") for meeting in api.get("/committees/meetings").json())
    days = [datetime.fromisoformat(meeting["starts_at"]).date() for meeting in meetings]
    assert days == [date(2031, 1, 7), date(2031, 2, 4), date(2031, 3, 4)]
    assert [meeting["title"] for meeting in api.get("/committees/meetings").json()].count(title) == 3


def test_the_committee_decides_by_majority(api: Api, admin: Api, auditor: Api, submission: Json) -> None:
    votes = "/committees/meetings/1/votes"
    ballot = {"application_id": submission["id"], "approve": True}
    assert api.post(votes, ballot).status_code == 409
    move(api, submission, "submitted", "in_review")
    assert api.create(votes, ballot) == {"approve": 1, "deny": 0, "passed": True}
    assert admin.create(votes, {**ballot, "approve": False}) == {"approve": 1, "deny": 1, "passed": False}
    assert api.post(votes, ballot).status_code == 409, "a member votes once"
    assert auditor.post(votes, ballot).status_code == 403


def test_a_task_is_due_after_business_days(api: Api) -> None:
    task = api.create("/tasks", {"title": "Call the board", "business_days": 5})
    due = date.fromisoformat(task["due_on"])
    assert due.weekday() < 5
    assert 5 <= (due - datetime.now(UTC).date()).days <= 8


def test_a_task_belongs_to_the_user_who_claims_it(api: Api, admin: Api) -> None:
    task = api.create("/tasks", {"title": "Check the diploma"})
    assert api.post(f"/tasks/{task['id']}/claim").json()["assignee"] == "coordinator@credentials.example"
    assert admin.post(f"/tasks/{task['id']}/claim").status_code == 409
    api.post(f"/tasks/{task['id']}/completion")
    assert task["id"] not in [open["id"] for open in api.get("/tasks").json()]


def test_a_message_leaves_after_the_response(api: Api, provider: Json, eventually: Callable[..., None]) -> None:
    body = {"provider_id": provider["id"], "recipient": "noor@clinic.example", "subject": "Hello", "body": "Welcome"}
    sent = api.post("/messages", body)
    assert (sent.status_code, sent.json()["status"]) == (202, "queued")
    eventually(lambda: api.get(f"/messages/{sent.json()['id']}").json()["status"] == "stored")


@pytest.mark.parametrize(
    ("letter", "text"),
    [
        ("welcome", "Your profile for cardiology is ready"),
        ("decision", "(initial) is submitted"),
        ("expiration", "<ul>"),
    ],
)
def test_a_letter_has_what_it_is_about(api: Api, provider: Json, submission: Json, letter: str, text: str) -> None:
    move(api, submission, "submitted")
    response = api.get(f"/letters/{letter}/{provider['id']}")
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert text in response.text
    assert "Dear Noor Haddad," in response.text


def test_a_letter_escapes_names(api: Api, provider: Json) -> None:
    api.patch(f"/providers/{provider['id']}", {"specialty": "<b>bold</b>"})
    assert "&lt;b&gt;bold&lt;/b&gt;" in api.get(f"/letters/welcome/{provider['id']}").text
