import unittest

from billing.invoice import Invoice, Line


class InvoiceTotals(unittest.TestCase):
    def test_one_line(self):
        invoice = Invoice("INV-1", "C-1001", "DE", (Line("Licence", 2, "49.50"),))
        self.assertEqual(invoice.net, 9900)
        self.assertEqual(invoice.tax, 1881)
        self.assertEqual(invoice.total, 11781)

    def test_no_lines(self):
        self.assertEqual(Invoice("INV-2", "C-1001", "FR", ()).total, 0)
