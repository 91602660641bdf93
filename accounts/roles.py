from django.db import models


class Role(models.TextChoices):
    STUDENT = "student", "Student"
    TEACHER = "teacher", "Teacher"
    SCHOOL_ADMIN = "school_admin", "School admin"
    OPERATOR = "operator", "Operator"
