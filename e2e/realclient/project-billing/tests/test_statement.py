import unittest

from billing.invoice import Invoice, Line
from billing.statement import statement


class Statements(unittest.TestCase):
    def test_shares_by_country(self):
        invoices = [
            Invoice("INV-1", "C-1001", "DE", (Line("Licence", 1, "50.00"),)),
            Invoice("INV-2", "C-1001", "FR", (Line("Licence", 1, "50.00"),)),
        ]
        text = statement("C-1001", invoices)
        self.assertIn("EUR 119.50", text)
        self.assertIn("49.8%", text)
