package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/jsii-runtime-go"
	"github.com/cdk-lazy-api/cdk-lazy-api-go/cdklazyapi"
)

func main() {
	defer jsii.Close()

	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("NotesApi"), nil)

	notes := awsdynamodb.NewTableV2(stack, jsii.String("Notes"), &awsdynamodb.TablePropsV2{
		PartitionKey: &awsdynamodb.Attribute{Name: jsii.String("id"), Type: awsdynamodb.AttributeType_STRING},
	})

	api := cdklazyapi.NewLazyApiFunction(stack, jsii.String("Api"), &cdklazyapi.LazyApiFunctionProps{
		Routers: cdklazyapi.Routers_FromDirectory(jsii.String("../routers"), &cdklazyapi.RoutersFromDirectoryOptions{
			BasePath:  jsii.String("/api"),
			Overrides: &map[string]*cdklazyapi.RouterOptions{"health": {Preload: jsii.Bool(true)}},
		}),
		Endpoint: cdklazyapi.ApiEndpoint_Http(&cdklazyapi.HttpApiEndpointOptions{
			Authorization: cdklazyapi.ApiAuthorization_Jwt(&cdklazyapi.JwtAuthorizationOptions{
				Issuer:   jsii.String("https://login.example.com/"),
				Audience: jsii.Strings("notes"),
			}),
			Routes: &map[string]*cdklazyapi.RouteOptions{
				"/api/health": {Authorization: cdklazyapi.ApiAuthorization_None()},
			},
		}),
		Environment: &map[string]*string{"NOTES_TABLE": notes.TableName()},
		Secrets: &map[string]awssecretsmanager.ISecret{
			"SEARCH_KEY": awssecretsmanager.Secret_FromSecretNameV2(stack, jsii.String("SearchKey"), jsii.String("notes/search-key")),
		},
		Budgets: &cdklazyapi.ColdStartBudgets{RouterBytes: jsii.Number(200_000)},
		Monitoring: &cdklazyapi.MonitoringOptions{
			AlarmTopic: awssns.NewTopic(stack, jsii.String("Alarms"), nil),
			AlarmOverrides: &map[string]*cdklazyapi.AlarmOptions{
				"duration": {Threshold: jsii.Number(2000), Severity: cdklazyapi.AlarmSeverity_CRITICAL},
			},
		},
	})

	notes.GrantReadWriteData(api)

	app.Synth(nil)
}
