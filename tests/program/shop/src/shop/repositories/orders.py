from sqlalchemy import select

from ..database import Order
from .base import Repository


class OrderRepository(Repository):
    model = Order

    def of_customer(self, customer: int, limit: int) -> list[Order]:
        query = select(Order).where(Order.customer == customer).limit(limit)
        return list(self.session.scalars(query))
