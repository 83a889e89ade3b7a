from fastapi import APIRouter, Depends
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from shop.database import get_db
from shop.repositories import CustomerRepository
from shop.services.accounts import Accounts

router = APIRouter(prefix="/accounts")


def get_accounts(db: Session = Depends(get_db)) -> Accounts:
    return Accounts(CustomerRepository(db))


@router.post("/login")
# finding: async-route-never-awaits
async def login(email: str, password: str, accounts: Accounts = Depends(get_accounts)):
    # finding: async-blocking-call, async-cpu-bound
    customer = accounts.check(email, password)
    return {"ok": customer is not None}


@router.post("/sign-in")
async def sign_in(email: str, password: str, accounts=Depends(get_accounts)):
    customer = await run_in_threadpool(accounts.check, email, password)
    return {"ok": customer is not None}
