#!/usr/bin/env python3
"""A stdio MCP server, the ledger of the billing project: results of every kind that MCP knows, and resources."""
import base64
import json
import struct
import sys
import zlib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

INVOICES = json.loads((Path(__file__).parent.parent / "data" / "invoices.json").read_text())
RATES = {"DE": 19, "FR": 20, "IE": 23, "LU": 17}


def schema(**properties):
    return {"type": "object", "properties": {k: {"type": "string", "description": v} for k, v in properties.items()}, "required": list(properties)}


AMOUNTS = {"type": "object", "properties": {"invoice": {"type": "string"}, "currency": {"type": "string"}, "net_cents": {"type": "integer"},
           "tax_cents": {"type": "integer"}, "total_cents": {"type": "integer"}, "status": {"type": "string"}},
           "required": ["invoice", "net_cents", "tax_cents", "total_cents"]}
TOOLS = [
    {"name": "lookup", "description": "What the ledger has for an invoice", "inputSchema": schema(invoice="Number, such as INV-2041"), "outputSchema": AMOUNTS,
     "annotations": {"readOnlyHint": True}},
    {"name": "statement", "description": "The statement of a month, as CSV", "inputSchema": schema(month="Such as 2026-10"), "annotations": {"readOnlyHint": True}},
    {"name": "chart", "description": "A bar chart of a month's totals by country", "inputSchema": schema(month="Such as 2026-10"), "annotations": {"readOnlyHint": True}},
    {"name": "documents", "description": "Links to the documents of an invoice", "inputSchema": schema(invoice="Number"), "annotations": {"readOnlyHint": True}},
    {"name": "memo", "description": "The spoken memo of an invoice", "inputSchema": schema(invoice="Number"), "annotations": {"readOnlyHint": True}},
    {"name": "journal", "description": "Every posting of a year", "inputSchema": schema(year="Such as 2026"), "annotations": {"readOnlyHint": True}},
    {"name": "post", "description": "Posts a correction to an invoice", "inputSchema": schema(invoice="Number", cents="Amount"), "annotations": {"destructiveHint": True}},
    {"name": "approve", "description": "Asks the user to approve a correction", "inputSchema": schema(invoice="Number")},
]
RESOURCES = [
    {"uri": "books://periods", "name": "periods", "description": "Open and closed periods", "mimeType": "application/json"},
    {"uri": "books://chart/2026-10", "name": "chart-2026-10", "mimeType": "image/png"},
]


def cents(price):
    return int((Decimal(price) * 100).quantize(Decimal(1), ROUND_HALF_UP))


def amounts(invoice):
    net = sum(quantity * cents(price) for _, quantity, price in invoice["lines"])
    tax = (net * RATES[invoice["country"]] + 50) // 100
    return {"invoice": invoice["number"], "currency": "EUR", "net_cents": net, "tax_cents": tax, "total_cents": net + tax,
            "status": "open" if invoice["month"] == "2026-10" else "paid"}


def by_country(month):
    sums = {}
    for invoice in INVOICES:
        if invoice["month"] == month:
            sums[invoice["country"]] = sums.get(invoice["country"], 0) + amounts(invoice)["total_cents"]
    return sums


def chart(month):
    """A PNG of 120 by 60: one bar a country."""
    sums = by_country(month)
    most, colours = max(sums.values(), default=1), [(11, 110, 110), (138, 97, 0), (179, 52, 31), (90, 110, 60)]
    rows = []
    for y in range(60):
        row = bytearray(b"\xfb\xfa\xf6" * 120)
        for n, country in enumerate(sorted(sums)):
            if 58 - y <= 54 * sums[country] // most:
                for x in range(8 + 28 * n, 28 + 28 * n):
                    row[3 * x:3 * x + 3] = bytes(colours[n % 4])
        rows.append(b"\0" + bytes(row))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 120, 60, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 9)) + chunk(b"IEND", b""))


def silence():
    """A WAV of a twentieth of a second."""
    data = b"\x80" * 400
    return b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8) + b"data" + struct.pack("<I", len(data)) + data


def text(value):
    return {"type": "text", "text": value}


def b64(data):
    return base64.b64encode(data).decode()


def call(name, a):
    invoice = next((i for i in INVOICES if i["number"] == a.get("invoice")), None)
    if "invoice" in a and invoice is None:
        return {"content": [text("no invoice %s" % a["invoice"])], "isError": True}
    if name == "lookup":
        found = amounts(invoice)
        return {"content": [text(json.dumps(found))], "structuredContent": found}
    if name == "statement":
        rows = ["invoice,customer,total_cents"] + ["%s,%s,%d" % (i["number"], i["customer"], amounts(i)["total_cents"]) for i in INVOICES if i["month"] == a["month"]]
        return {"content": [text("%d invoices in %s" % (len(rows) - 1, a["month"])),
                            {"type": "resource", "resource": {"uri": "books://statements/%s.csv" % a["month"], "mimeType": "text/csv", "text": "\n".join(rows) + "\n"}}]}
    if name == "chart":
        sums = by_country(a["month"])
        return {"content": [text(", ".join("%s %.2f EUR" % (c, sums[c] / 100) for c in sorted(sums))), {"type": "image", "data": b64(chart(a["month"])), "mimeType": "image/png"}]}
    if name == "documents":
        return {"content": [{"type": "resource_link", "uri": "books://documents/%s.pdf" % invoice["number"], "name": invoice["number"] + ".pdf", "mimeType": "application/pdf",
                             "description": "The invoice as sent"}]}
    if name == "memo":
        return {"content": [text("Memo of %s" % invoice["number"]), {"type": "audio", "data": b64(silence()), "mimeType": "audio/wav"}]}
    if name == "journal":
        return {"content": [text("\n".join("%s-%03d  %s  %s  EUR %9.2f" % (a["year"], n, i["number"], i["customer"], amounts(i)["total_cents"] / 100)
                                           for n in range(1, 60) for i in INVOICES))]}
    return {"content": [text("period 2026-09 is closed: nothing can be posted to it")], "isError": True}


def send(message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


waiting = None
for line in sys.stdin:
    try:
        m = json.loads(line)
    except ValueError:
        continue
    i, method, p = m.get("id"), m.get("method"), m.get("params") or {}
    if method == "initialize":
        send({"id": i, "result": {"protocolVersion": p.get("protocolVersion", "2025-06-18"), "capabilities": {"tools": {}, "resources": {}, "prompts": {}},
              "serverInfo": {"name": "books", "version": "1.2.0"}}})
    elif method == "tools/list":
        send({"id": i, "result": {"tools": TOOLS}})
    elif method == "resources/list":
        send({"id": i, "result": {"resources": RESOURCES}})
    elif method == "resources/read":
        if p.get("uri") == "books://periods":
            periods = {"closed": ["2026-08", "2026-09"], "open": ["2026-10"]}
            send({"id": i, "result": {"contents": [{"uri": p["uri"], "mimeType": "application/json", "text": json.dumps(periods)}]}})
        elif p.get("uri", "").startswith("books://chart/"):
            send({"id": i, "result": {"contents": [{"uri": p["uri"], "mimeType": "image/png", "blob": b64(chart(p["uri"][-7:]))}]}})
        else:
            send({"id": i, "error": {"code": -32002, "message": "no such resource: %s" % p.get("uri")}})
    elif method == "prompts/list":
        send({"id": i, "result": {"prompts": [{"name": "reconcile", "description": "Compare a month with the ledger", "arguments": [{"name": "month", "required": True}]}]}})
    elif method == "prompts/get":
        month = (p.get("arguments") or {}).get("month", "2026-10")
        send({"id": i, "result": {"messages": [{"role": "user", "content": text("Compare the invoices of %s with the ledger and list what differs." % month)}]}})
    elif method == "tools/call" and p.get("name") == "lookup" and "invoice" not in (p.get("arguments") or {}):
        send({"id": i, "error": {"code": -32602, "message": "lookup needs an invoice"}})
    elif method == "tools/call" and p.get("name") == "approve":
        waiting = i
        send({"id": "approve", "method": "elicitation/create", "params": {"message": "Approve the correction of %s?" % p["arguments"]["invoice"], "requestedSchema": {
            "type": "object", "properties": {"approved": {"type": "boolean", "description": "Post it"}}, "required": ["approved"]}}})
    elif method == "tools/call":
        send({"id": i, "result": call(p.get("name"), p.get("arguments") or {})})
    elif method is None and i == "approve":
        send({"id": waiting, "result": {"content": [text("answer: " + json.dumps(m.get("result") or m.get("error")))]}})
    elif i is not None:
        send({"id": i, "error": {"code": -32601, "message": "method not found"}})
