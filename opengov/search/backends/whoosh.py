from haystack.backends.simple_backend import SimpleEngine


class WhooshEngine(SimpleEngine): ...
