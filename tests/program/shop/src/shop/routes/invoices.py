import asyncio

from fastapi import APIRouter, Response, UploadFile

from shop.services.invoices import open_store

router = APIRouter(prefix="/invoices")


@router.get("/{order}")
# finding: async-route-never-awaits
async def download(order: int):
    # -> shop.services.invoices.open_store, shop.services.invoices.InvoiceStore.load
    # finding: async-blocking-file-io
    return Response(open_store().load(order), media_type="application/pdf")


@router.put("/{order}")
async def upload(order: int, file: UploadFile):
    content = await file.read()
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, open_store().save, order, content)
    return {"bytes": len(content)}
