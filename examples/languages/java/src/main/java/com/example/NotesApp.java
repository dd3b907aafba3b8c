package com.example;

import dev.cdklazyapi.AlarmOptions;
import dev.cdklazyapi.AlarmSeverity;
import dev.cdklazyapi.ApiAuthorization;
import dev.cdklazyapi.ApiEndpoint;
import dev.cdklazyapi.ColdStartBudgets;
import dev.cdklazyapi.HttpApiEndpointOptions;
import dev.cdklazyapi.JwtAuthorizationOptions;
import dev.cdklazyapi.LazyApiFunction;
import dev.cdklazyapi.MonitoringOptions;
import dev.cdklazyapi.RouteOptions;
import dev.cdklazyapi.RouterOptions;
import dev.cdklazyapi.Routers;
import dev.cdklazyapi.RoutersFromDirectoryOptions;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.TableV2;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.sns.Topic;

public final class NotesApp {
    public static void main(final String[] args) {
        App app = new App();
        Stack stack = new Stack(app, "NotesApi");

        TableV2 notes = TableV2.Builder.create(stack, "Notes")
                .partitionKey(Attribute.builder().name("id").type(AttributeType.STRING).build())
                .build();

        LazyApiFunction api = LazyApiFunction.Builder.create(stack, "Api")
                .routers(Routers.fromDirectory("../routers", RoutersFromDirectoryOptions.builder()
                        .basePath("/api")
                        .overrides(Map.of("health", RouterOptions.builder().preload(true).build()))
                        .build()))
                .endpoint(ApiEndpoint.http(HttpApiEndpointOptions.builder()
                        .authorization(ApiAuthorization.jwt(JwtAuthorizationOptions.builder()
                                .issuer("https://login.example.com/")
                                .audience(List.of("notes"))
                                .build()))
                        .routes(Map.of("/api/health", RouteOptions.builder()
                                .authorization(ApiAuthorization.none())
                                .build()))
                        .build()))
                .environment(Map.of("NOTES_TABLE", notes.getTableName()))
                .secrets(Map.of("SEARCH_KEY", Secret.fromSecretNameV2(stack, "SearchKey", "notes/search-key")))
                .budgets(ColdStartBudgets.builder().routerBytes(200_000).build())
                .monitoring(MonitoringOptions.builder()
                        .alarmTopic(new Topic(stack, "Alarms"))
                        .alarmOverrides(Map.of("duration", AlarmOptions.builder()
                                .threshold(2000)
                                .severity(AlarmSeverity.CRITICAL)
                                .build()))
                        .build())
                .build();

        notes.grantReadWriteData(api);

        app.synth();
    }
}
