#!/usr/bin/env python3
"""Recomputes the totals stored in data/invoices.json: --dry-run shows what would change, --write changes it, --month 2026-10 only that month."""
import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
from billing import store  # noqa: E402
from billing.money import show  # noqa: E402

RED, GREEN, OFF = "\033[31m", "\033[32m", "\033[0m"
parser = argparse.ArgumentParser()
parser.add_argument("--dry-run", action="store_true")
parser.add_argument("--write", action="store_true")
parser.add_argument("--month")
options = parser.parse_args()

records, changed, cents = store.records(), 0, 0
for record, invoice in zip(records, store.invoices()):
    if record["total"] == invoice.total or options.month not in (None, record["month"]):
        continue
    changed += 1
    cents += invoice.total - record["total"]
    print("%s  %s  %s- %s%s  %s+ %s%s" % (record["month"], record["number"], RED, show(record["total"]), OFF, GREEN, show(invoice.total), OFF))
    record["total"] = invoice.total
print("%d of %d invoices change, %s in all" % (changed, len(records), show(cents)))
if options.write:
    store.FILE.write_text("[\n" + ",\n".join(" " + json.dumps(record) for record in records) + "\n]\n")
    print("written")
