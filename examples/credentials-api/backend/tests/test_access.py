from collections.abc import Callable

import httpx

from helpers import Api, unique


def test_a_wrong_password_and_an_unknown_user_get_one_response(client: httpx.Client) -> None:
    responses = [
        client.post("/api/v1/auth/tokens", data={"username": user, "password": "wrong"})
        for user in ("admin@credentials.example", "unknown@credentials.example")
    ]
    assert [response.status_code for response in responses] == [401, 401]
    assert responses[0].json() == responses[1].json()


def test_a_token_is_renewed(client: httpx.Client, auditor: Api) -> None:
    token = auditor.post("/auth/tokens/renewal").json()["access_token"]
    me = Api(client, token).get("/auth/me").json()
    assert me == {"email": "auditor@credentials.example", "permissions": ["read"]}


def test_a_forged_token_is_refused(client: httpx.Client) -> None:
    response = Api(client, "e30.e30.e30").get("/providers")
    assert (response.status_code, response.json()) == (401, {"detail": "The token is not valid"})
    assert response.headers["www-authenticate"] == "Bearer"


def test_a_caller_who_may_read_cannot_write(auditor: Api) -> None:
    assert auditor.get("/providers").status_code == 200
    response = auditor.post("/facilities", {"name": "Juniper", "state": "ID", "beds": 1})
    assert (response.status_code, response.json()) == (403, {"detail": 'The permission "write" is required'})


def test_every_operation_needs_a_token(client: httpx.Client) -> None:
    schema = client.get("/openapi.json").json()
    public = {"/health", "/api/v1/auth/tokens", "/api/v1/peers/by-token/{token}"}
    operations = [(path, method) for path, methods in schema["paths"].items() for method in methods]
    private = [(path, method) for path, method in operations if path not in public]
    assert len(private) > 90
    for path, method in private:
        url = path.replace("{letter}", "welcome").replace("{", "").replace("}", "")
        assert client.request(method, url).status_code == 401, f"{method} {path}"


def test_a_user_has_the_permissions_of_the_role(admin: Api, sign_in: Callable[..., Api]) -> None:
    role = admin.create("/roles", {"name": unique("reader"), "permissions": ["read"]})
    email, password = unique("Sam").lower() + "@credentials.example", unique("correct horse battery")
    user = admin.post("/users", {"email": email, "password": password, "role_id": role["id"]})
    assert user.json()["role"] == {"id": role["id"], "name": role["name"]}
    assert user.headers["location"].endswith(f"/api/v1/users/{user.json()['id']}")
    assert admin.get(f"/users/{user.json()['id']}").json() == user.json()
    assert sign_in(email, password).post("/tasks", {"title": "Nothing"}).status_code == 403
    admin.put(f"/roles/{role['id']}/permissions", ["write", "read"])
    assert sign_in(email, password).post("/tasks", {"title": "Something"}).status_code == 201


def test_a_role_that_a_user_has_cannot_be_deleted(admin: Api) -> None:
    role = admin.create("/roles", {"name": unique("clerk"), "permissions": ["read"]})
    email = unique("kim") + "@credentials.example"
    user = admin.create("/users", {"email": email, "password": "long enough, surely", "role_id": role["id"]})
    assert admin.delete(f"/roles/{role['id']}").status_code == 409
    assert admin.delete(f"/users/{user['id']}").status_code == 204
    assert admin.delete(f"/roles/{role['id']}").status_code == 204


def test_users_cannot_delete_themselves(admin: Api) -> None:
    [me] = [user for user in admin.get("/users").json() if user["email"] == "admin@credentials.example"]
    assert admin.delete(f"/users/{me['id']}").status_code == 409


def test_only_an_administrator_sees_users_roles_and_webhooks(api: Api) -> None:
    assert [api.get(path).status_code for path in ("/users", "/roles", "/webhooks")] == [403, 403, 403]


def test_the_secret_of_a_webhook_is_shown_once(admin: Api) -> None:
    webhook = admin.create("/webhooks", {"url": "https://hooks.example/a", "events": ["license.expired"]})
    assert len(webhook.pop("secret")) > 30
    assert webhook in admin.get("/webhooks").json()
    assert admin.delete(f"/webhooks/{webhook['id']}").status_code == 204


def test_a_webhook_that_no_server_serves_is_not_delivered(admin: Api) -> None:
    webhook = admin.create("/webhooks", {"url": "http://127.0.0.1:9/", "events": ["license.expired"]})
    delivery = admin.post(f"/webhooks/{webhook['id']}/test").json()
    assert (delivery["delivered"], delivery["status"]) == (False, None)
    assert delivery["signature"].startswith("sha256=")
