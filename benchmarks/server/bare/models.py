from django.db import models


class Document(models.Model):  # noqa: DJ008 - nobody reads its name
    revision = models.PositiveIntegerField(default=0)
    content = models.BinaryField(default=b"")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "bare"


class DocumentRevision(models.Model):  # noqa: DJ008
    document = models.ForeignKey(Document, models.CASCADE)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64)
    content = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        app_label = "bare"
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="bare_number")]
