"""What whoever looks after the server is told: logs, metrics, reports of errors, and what people see when it fails."""
