from .comments import RequestComment
from .requests import DataRequest, DataRequestQuerySet, RequestFollow, RequestVote, StatusChange
from .turns import Turn

__all__ = ["DataRequest", "DataRequestQuerySet", "RequestComment", "RequestFollow", "RequestVote", "StatusChange", "Turn"]
