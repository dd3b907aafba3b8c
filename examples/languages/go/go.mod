module example.com/notes-api

go 1.25.0

require (
	github.com/aws/aws-cdk-go/awscdk/v2 v2.263.0
	github.com/aws/jsii-runtime-go v1.140.0
	github.com/cdk-lazy-api/cdk-lazy-api-go/cdklazyapi v0.0.0
)
