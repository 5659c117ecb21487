#!/usr/bin/env python3
"""Writes dashboard.json: the panels of a node, its witnesses, its disk and its backups. Run it after a change of this file."""
import json
import pathlib

ROWS = [
    ("Takes events in", "stat", [("hattama_writing", "writing")], None),
    ("Entries", "stat", [("hattama_entries", "acknowledged"), ("hattama_witnessed_entries", "cosigned by a quorum"), ("hattama_backup_entries", "in the newest backup")], None),
    ("Contradicted", "stat", [("hattama_contradicted", "contradicted")], None),
    ("Age of the newest backup", "stat", [("time() - hattama_backup_timestamp_seconds", "age")], "s"),
    ("Events taken in, a second", "timeseries", [("rate(hattama_acknowledged_total[1m])", "events")], None),
    ("Events that wait", "timeseries", [("hattama_waiting_events", "waiting"), ("hattama_held_announcements", "results that wait for witnesses")], None),
    ("One durable write", "timeseries", [("histogram_quantile(0.5, rate(hattama_commit_seconds_bucket[5m]))", "p50"), ("histogram_quantile(0.99, rate(hattama_commit_seconds_bucket[5m]))", "p99")], "s"),
    ("Events of one write, on average", "timeseries", [("rate(hattama_group_events_sum[5m]) / rate(hattama_group_events_count[5m])", "events")], None),
    ("Refused, by rule", "timeseries", [("sum by (rule) (rate(hattama_refused_total[5m]))", "{{rule}}")], None),
    ("Put off, by limit", "timeseries", [("sum by (by) (rate(hattama_limited_total[5m]))", "{{by}}")], None),
    ("Answers, by status", "timeseries", [("sum by (status) (rate(hattama_requests_total[1m]))", "{{status}}")], None),
    ("Time to answer, p99", "timeseries", [("histogram_quantile(0.99, rate(hattama_answer_seconds_bucket[5m]))", "p99")], "s"),
    ("Connections and followers", "timeseries", [("hattama_connections", "connections"), ("hattama_streams", "followers"), ("rate(hattama_connections_evicted_total[5m])", "ended for others, a second")], None),
    ("Witnesses that did not cosign", "timeseries", [('sum by (witness) (rate(hattama_witness_answers_total{cosigned="false"}[5m]))', "{{witness}}"), ("hattama_unwitnessed", "no quorum")], None),
    ("Clock less that of the witnesses", "timeseries", [("hattama_clock_apart_seconds", "apart")], "s"),
    ("Writes that failed", "timeseries", [("increase(hattama_write_failures_total[5m])", "failures")], None),
]


def panel(number, title, kind, queries, unit):
    width = 6 if kind == "stat" else 12
    stats = sum(1 for row in ROWS if row[1] == "stat")
    x, y = (number * 6, 0) if kind == "stat" else ((number - stats) % 2 * 12, 4 + (number - stats) // 2 * 8)
    source = {"type": "prometheus", "uid": "${source}"}
    targets = [{"datasource": source, "expr": expr, "legendFormat": legend, "refId": chr(65 + n)} for n, (expr, legend) in enumerate(queries)]
    defaults = {"unit": unit} if unit else {}
    return {
        "id": number + 1, "title": title, "type": kind, "datasource": source, "targets": targets,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        "gridPos": {"x": x, "y": y, "w": width, "h": 4 if kind == "stat" else 8},
    }


dashboard = {
    "title": "Hattama: a node", "uid": "hattama-node", "schemaVersion": 39, "editable": True, "refresh": "10s",
    "time": {"from": "now-6h", "to": "now"}, "tags": ["hattama"],
    "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus"}]},
    "panels": [panel(number, *row) for number, row in enumerate(ROWS)],
}
path = pathlib.Path(__file__).with_name("dashboard.json")
path.write_text(json.dumps(dashboard, indent=1, ensure_ascii=False) + "\n")
