"""A line as a document in CloudWatch's embedded metric format.

One request stays far below its limits: 100 metrics, 30 dimensions, 1 MB. See
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

METRIC_NAMESPACE = "LazyApi"
# The metrics that rollback alarms need for each version.
_VERSION_METRICS = ("ServerErrors", "RouterLoadFailures")


def embed_metrics(timestamp: int, metrics: Mapping[str, float], dimensions: Mapping[str, str]) -> dict[str, Any]:
    """The members that make metrics of a line: by function, by router, and some by version."""
    sets = [["FunctionName"]]
    if "Router" in dimensions:
        sets.append(["FunctionName", "Router"])
    directives = [_directive(metrics, sets)]
    if "ExecutedVersion" in dimensions:
        names = [name for name in metrics if name in _VERSION_METRICS]
        directives.append(_directive(names, [["FunctionName", "ExecutedVersion"]]))
    return {**dimensions, **metrics, "_aws": {"Timestamp": timestamp, "CloudWatchMetrics": directives}}


def _directive(names: Iterable[str], sets: list[list[str]]) -> dict[str, Any]:
    return {
        "Namespace": METRIC_NAMESPACE,
        "Dimensions": sets,
        "Metrics": [{"Name": name, "Unit": unit_of(name)} for name in names],
    }


def unit_of(metric: str) -> str:
    return "Milliseconds" if metric.endswith("Duration") else "Count"
