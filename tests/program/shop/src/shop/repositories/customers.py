from sqlalchemy import select

from shop.database import Customer

from .base import Repository


class CustomerRepository(Repository):
    model = Customer

    def by_email(self, email: str) -> Customer | None:
        return self.session.scalars(select(Customer).where(Customer.email == email)).first()
