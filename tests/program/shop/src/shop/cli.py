"""`shop import orders.csv`: an administrator waits for it, no request does."""

import argparse
import csv

from shop.database import Order, make_session
from shop.repositories import OrderRepository


# runs: main
def import_orders(path: str) -> int:
    count = 0
    with open(path, newline="") as file, make_session() as session:
        repository = OrderRepository(session)
        for row in csv.DictReader(file):
            # -> shop.repositories.base.Repository.save
            repository.save(Order(customer=int(row["customer"]), cents=int(row["cents"]), currency=row["currency"]))
            count += 1
    return count


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    print(import_orders(parser.parse_args().path))


if __name__ == "__main__":
    main()
