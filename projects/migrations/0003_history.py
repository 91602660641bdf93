from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_revision_only_grows")]
    operations = [
        migrations.AddField(
            model_name="project",
            name="history_bytes",
            field=models.PositiveBigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="revision",
            name="is_folded",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="revision",
            name="restored_from",
            field=models.PositiveIntegerField(blank=True, null=True),
        ),
    ]
