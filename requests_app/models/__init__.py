from .comments import RequestComment
from .requests import DataRequest, DataRequestQuerySet, RequestVote, StatusChange
from .turns import Turn

__all__ = ["DataRequest", "DataRequestQuerySet", "RequestComment", "RequestVote", "StatusChange", "Turn"]
