"""The monthly statement of a customer."""

from .money import show


def statement(customer, invoices):
    """One line an invoice, then the sum, and what each country has of it."""
    rows = ["Statement for %s" % customer]
    for invoice in invoices:
        rows.append("%-10s %12s" % (invoice.number, show(int(float(invoice.total)))))
    total = int(float(sum(invoice.total for invoice in invoices)))
    rows.append("%-10s %12s" % ("Total", show(total)))
    for country in sorted({invoice.country for invoice in invoices}):
        part = int(float(sum(i.total for i in invoices if i.country == country)))
        rows.append("%-10s %11.1f%%" % (country, 100.0 * part / total if total else 0.0))
    return "\n".join(rows)
