"""What is asked of a warehouse to see whether it answers: it reads no bytes and needs no dataset."""

from tembea.providers.warehouse.model import Statement

PROBE = Statement("select 1 as answer")
