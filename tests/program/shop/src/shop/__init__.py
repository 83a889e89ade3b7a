"""A small shop: orders, invoices, accounts. stallint reads it, nobody runs it."""
