from .requests import DataRequest, DataRequestQuerySet, RequestVote, StatusChange

__all__ = ["DataRequest", "DataRequestQuerySet", "RequestVote", "StatusChange"]
