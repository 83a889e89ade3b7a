"""Who may come in."""

import bcrypt

from shop.database import Customer
from shop.repositories import CustomerRepository


class Accounts:
    def __init__(self, customers: CustomerRepository):
        self.customers = customers

    # reaches: blocks.db, computes.hash, db.query
    def check(self, email: str, password: str) -> Customer | None:
        # -> shop.repositories.customers.CustomerRepository.by_email
        customer = self.customers.by_email(email)
        # -> shop.services.accounts.matches
        if customer is not None and matches(password, customer.password):
            return customer
        return None


def matches(password: str, stored: bytes) -> bool:
    return bcrypt.checkpw(password.encode(), stored)
