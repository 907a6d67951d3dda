from django.contrib import admin

from engagement.admin import CommentAdmin, RatingAdmin, ScoreAdmin

from ..models import DatasetComment, DatasetRating, DatasetScore

admin.site.register(DatasetComment, CommentAdmin)
admin.site.register(DatasetRating, RatingAdmin)
admin.site.register(DatasetScore, ScoreAdmin)
