#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Trackside authors
# SPDX-License-Identifier: Apache-2.0
"""Posts as analytics-python 2.3.4 does (segment/analytics/request.py, consumer.py), with Debian's requests,
and prints what it sent and how it went:  python.py HOST CASE"""
import gzip
import json
import sys
from datetime import datetime, timezone
from io import BytesIO

import requests

host, case = sys.argv[1:3]
key = "FAKE_WRITE_KEY_python_0000"
session = requests.sessions.Session()
payloads, statuses, errors = [], [], []


class APIError(Exception):
    def __init__(self, status, code, message):
        super().__init__(f"[Segment] {code}: {message} ({status})")
        self.status = status


def now():
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def post(batch, is_gzip):
    body = {"batch": batch, "sentAt": now(), "writeKey": key}
    data = json.dumps(body)
    if case == "invalid":
        data = data.replace('"batch"', "batch", 1)
    payloads.append(data)
    headers = {"Content-Type": "application/json", "User-Agent": "analytics-python/2.3.4"}
    if is_gzip:
        headers["Content-Encoding"] = "gzip"
        buffer = BytesIO()
        with gzip.GzipFile(fileobj=buffer, mode="w") as file:
            file.write(data.encode("utf-8"))
        data = buffer.getvalue()
    response = session.post(host.rstrip("/") + "/v1/batch", data=data, headers=headers, timeout=15)
    statuses.append(response.status_code)
    if response.status_code == 200:
        return
    try:
        payload = response.json()
    except ValueError:
        raise APIError(response.status_code, "unknown", response.text) from None
    raise APIError(response.status_code, payload["code"], payload["message"])


def deliver(batch, is_gzip=False):
    """consumer.request(): 10 retries, but none of what the server said is the client's fault."""
    for attempt in range(10 + 1):
        try:
            return post(batch, is_gzip)
        except APIError as error:
            errors.append(str(error))
            if 400 <= error.status < 500 and error.status != 429:
                return None
        except Exception as error:  # what the SDK retries too
            errors.append(repr(error))
    return None


def call(kind, **members):
    library = {"library": {"name": "analytics-python", "version": "2.3.4"}}
    return {"integrations": {}, "anonymousId": None, "timestamp": now(), "context": library, "type": kind,
            **members, "messageId": f"python-{case}-{kind}-{len(calls)}"}


calls = []
traits = {"email": "qa@example.test", "name": "Zoë 🚚", "age": 42, "none": None}
properties = {"revenue": 39.95, "big": 2**80, "when": "2024-02-29T12:34:56.789012", "lone": "\ud800"}
if case == "nan":
    properties.update(nan=float("nan"), inf=float("inf"))
for kind, members in [
    ("identify", {"userId": "user-1", "traits": traits}),
    ("track", {"userId": "user-1", "event": "Order Completed", "properties": properties}),
    ("page", {"userId": "user-1", "category": "Docs", "name": "Home", "properties": {"url": "https://x.test/"}}),
    ("screen", {"userId": "user-1", "category": "App", "name": "Basket", "properties": {}}),
    ("group", {"userId": "user-1", "groupId": "g-1", "traits": {"name": "ACME"}}),
    ("alias", {"userId": "user-1", "previousId": "anon-1"}),
    ("track", {"anonymousId": "anon-2", "event": "Cart Viewed", "properties": {}}),
]:
    calls.append(call(kind, **members))

deliver(calls, is_gzip=case == "gzip")
print(json.dumps({"payloads": payloads, "statuses": statuses, "errors": errors}))
