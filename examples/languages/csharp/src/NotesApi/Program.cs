using System.Collections.Generic;
using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.SecretsManager;
using Amazon.CDK.AWS.SNS;
using CdkLazyApi;
using Attribute = Amazon.CDK.AWS.DynamoDB.Attribute;

var app = new App();
var stack = new Stack(app, "NotesApi");

var notes = new TableV2(stack, "Notes", new TablePropsV2
{
    PartitionKey = new Attribute { Name = "id", Type = AttributeType.STRING },
});

var api = new LazyApiFunction(stack, "Api", new LazyApiFunctionProps
{
    Routers = Routers.FromDirectory("../routers", new RoutersFromDirectoryOptions
    {
        BasePath = "/api",
        Overrides = new Dictionary<string, IRouterOptions> { ["health"] = new RouterOptions { Preload = true } },
    }),
    Endpoint = ApiEndpoint.Http(new HttpApiEndpointOptions
    {
        Authorization = ApiAuthorization.Jwt(new JwtAuthorizationOptions
        {
            Issuer = "https://login.example.com/",
            Audience = new[] { "notes" },
        }),
        Routes = new Dictionary<string, IRouteOptions>
        {
            ["/api/health"] = new RouteOptions { Authorization = ApiAuthorization.None() },
        },
    }),
    Environment = new Dictionary<string, string> { ["NOTES_TABLE"] = notes.TableName },
    Secrets = new Dictionary<string, ISecret>
    {
        ["SEARCH_KEY"] = Secret.FromSecretNameV2(stack, "SearchKey", "notes/search-key"),
    },
    Budgets = new ColdStartBudgets { RouterBytes = 200_000 },
    Monitoring = new MonitoringOptions
    {
        AlarmTopic = new Topic(stack, "Alarms"),
        AlarmOverrides = new Dictionary<string, IAlarmOptions>
        {
            ["duration"] = new AlarmOptions { Threshold = 2000, Severity = AlarmSeverity.CRITICAL },
        },
    },
});

notes.GrantReadWriteData(api);

app.Synth();
