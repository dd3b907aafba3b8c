from aws_cdk import App, Stack
from aws_cdk.aws_dynamodb import Attribute, AttributeType, TableV2
from aws_cdk.aws_secretsmanager import Secret
from cdk_lazy_api import ApiAuthorization, ApiEndpoint, ColdStartBudgets, LazyPythonApiFunction, PythonRouters

app = App()
stack = Stack(app, "FastApiNotes")

notes = TableV2(stack, "Notes", partition_key=Attribute(name="id", type=AttributeType.STRING))

api = LazyPythonApiFunction(
    stack,
    "Api",
    entry="../backend",
    app="main:app",
    routers=PythonRouters.from_directory("../backend/api", base_path="/api"),
    endpoint=ApiEndpoint.http(
        authorization=ApiAuthorization.jwt(issuer="https://login.example.com/", audience=["notes"]),
    ),
    environment={"NOTES_TABLE": notes.table_name},
    secrets={"SEARCH_KEY": Secret.from_secret_name_v2(stack, "SearchKey", "notes/search-key")},
    budgets=ColdStartBudgets(router_bytes=10_000_000),
)

notes.grant_read_write_data(api)

app.synth()
