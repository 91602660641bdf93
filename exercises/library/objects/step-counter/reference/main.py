class StepCounter:
    def __init__(self):
        self.steps = 0

    def walk(self, count):
        self.steps += count

    def reset(self):
        self.steps = 0

    def kilometres(self):
        return self.steps / 1250
