from sqlalchemy.orm import Session


class Repository:
    model: type

    def __init__(self, session: Session):
        self.session = session

    # reaches: blocks.db, db.query
    def get(self, key: int):
        return self.session.get(self.model, key)

    def save(self, row) -> None:
        self.session.add(row)
        self.session.commit()
