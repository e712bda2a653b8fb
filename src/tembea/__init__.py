"""Tembea: enquiry mails become priced, branded, explainable quotes, for many travel agencies on one platform."""

__version__ = "0.1.0"
