#!/usr/bin/env python3
"""Writes COUNT deployments as NDJSON, for the figure of what a portfolio of that size costs.

.ci/portfolio.py 10000 > /tmp/portfolio.ndjson
/usr/bin/time -v build/release/writ check --rule 'project.concentration.*' /tmp/portfolio.ndjson
"""
import json
import sys

count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
countries = ["US", "FR", "CN", "KR", "DE", "GB", "JP"]
for i in range(count):
    provider = i * i % 97  # uneven groups, the same every time
    print(json.dumps({
        "writ": "deployment/1",
        "id": f"d{i}",
        "supply": {
            "external": True,
            "provider": f"Provider {provider}",
            "provider_country": countries[provider % len(countries)],
            "annual_cost": f"{1_000 + i % 5_000} EUR",
        },
    }))
