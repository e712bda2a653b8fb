"""Enquiries over HTTP."""

from fastapi import APIRouter

from tembea.inbox import webhook

router = APIRouter()
router.include_router(webhook.router)
