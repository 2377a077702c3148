"""Invoices, tax and monthly statements."""
