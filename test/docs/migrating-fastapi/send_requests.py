"""Sends requests to the application before and after the migration, and prints the responses and the OpenAPI schema.

`python send_requests.py mangum` sends events of an HTTP API to the handler of Mangum, and `python send_requests.py
application` sends requests to the application.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

PATHS = [
    "/api/v1/licenses",
    "/api/v1/licenses/7",
    "/api/v1/licenses/",
    "/api/v1/providers/7",
    "/api/v1/providers/x",
    "/api/v1/none",
    "/docs",
]


class SecretsManager(BaseHTTPRequestHandler):
    """Answers boto3 as AWS Secrets Manager does."""

    def do_POST(self):
        body = json.dumps({"SecretString": json.dumps({"username": "ada"})}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def serve_secrets():
    server = HTTPServer(("127.0.0.1", 0), SecretsManager)
    Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def through_mangum(path):
    import main

    http = {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "test"}
    headers = {"host": "testserver", "x-request-id": "1"}
    context = {"http": http, "stage": "$default", "domainName": "testserver"}
    event = {"version": "2.0", "rawPath": path, "rawQueryString": "", "headers": headers, "requestContext": context}
    result = main.handler({**event, "routeKey": "$default", "isBase64Encoded": False}, None)
    return [path, result["statusCode"], result["headers"].get("x-request-id"), result["body"]]


def to_application(path):
    import main
    from fastapi.testclient import TestClient

    client = TestClient(main.app, base_url="https://testserver", follow_redirects=False)
    response = client.get(path, headers={"x-request-id": "1"})
    return [path, response.status_code, response.headers.get("x-request-id"), response.text]


def run():
    import os

    os.environ["AWS_ENDPOINT_URL"] = serve_secrets()
    send = {"mangum": through_mangum, "application": to_application}[sys.argv[1]]
    responses = [send(path) for path in PATHS]
    import main

    print(json.dumps({"responses": responses, "openapi": main.app.openapi()}))


run()
