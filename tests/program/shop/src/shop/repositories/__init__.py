from .customers import CustomerRepository
from .orders import OrderRepository

__all__ = ["CustomerRepository", "OrderRepository"]
