from aws_cdk import App, Stack
from aws_cdk.aws_dynamodb import Attribute, AttributeType, TableV2
from aws_cdk.aws_secretsmanager import Secret
from aws_cdk.aws_sns import Topic
from cdk_lazy_api import (
    AlarmOptions,
    AlarmSeverity,
    ApiAuthorization,
    ApiEndpoint,
    ColdStartBudgets,
    LazyApiFunction,
    MonitoringOptions,
    RouteOptions,
    RouterOptions,
    Routers,
)

app = App()
stack = Stack(app, "NotesApi")

notes = TableV2(stack, "Notes", partition_key=Attribute(name="id", type=AttributeType.STRING))

api = LazyApiFunction(
    stack,
    "Api",
    routers=Routers.from_directory(
        "../routers",
        base_path="/api",
        overrides={"health": RouterOptions(preload=True)},
    ),
    endpoint=ApiEndpoint.http(
        authorization=ApiAuthorization.jwt(issuer="https://login.example.com/", audience=["notes"]),
        routes={"/api/health": RouteOptions(authorization=ApiAuthorization.none())},
    ),
    environment={"NOTES_TABLE": notes.table_name},
    secrets={"SEARCH_KEY": Secret.from_secret_name_v2(stack, "SearchKey", "notes/search-key")},
    budgets=ColdStartBudgets(router_bytes=200_000),
    monitoring=MonitoringOptions(
        alarm_topic=Topic(stack, "Alarms"),
        alarm_overrides={"duration": AlarmOptions(threshold=2000, severity=AlarmSeverity.CRITICAL)},
    ),
)

notes.grant_read_write_data(api)

app.synth()
