"""The size of the histories that there are already."""

from django.db import migrations
from django.db.models import Count, Sum

ROW_BYTES = 512  # limits.HISTORY_ROW_BYTES when this was written


def count(apps, schema_editor):
    Project = apps.get_model("projects", "Project")
    RevisionFile = apps.get_model("projects", "RevisionFile")
    sizes = RevisionFile.objects.order_by().values_list("revision__project").annotate(Sum("size"), Count("pk"))
    for project, size, row_count in sizes.iterator():
        Project.objects.filter(pk=project).update(history_bytes=size + row_count * ROW_BYTES)


class Migration(migrations.Migration):
    dependencies = [("projects", "0003_history")]
    operations = [migrations.RunPython(count, migrations.RunPython.noop)]
