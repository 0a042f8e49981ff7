import { Button, Group, Text } from '@mantine/core';
import { formTemplateNames, formTemplates, type FormTemplateName } from './form-templates.ts';

interface TemplateChoiceProps {
  value: FormTemplateName;
  onChoose: (name: FormTemplateName) => void;
}

/** Questions to begin with. */
export const TemplateChoice = ({ value, onChoose }: TemplateChoiceProps) => (
  <div role="group" aria-label="Begin with">
    <Text size="sm" fw={500} mb={4}>
      Begin with
    </Text>
    <Group gap={8}>
      {formTemplateNames.map((name) => (
        <Button
          key={name}
          size="xs"
          variant={name === value ? 'light' : 'default'}
          aria-pressed={name === value}
          onClick={() => onChoose(name)}
        >
          {formTemplates[name].name}
        </Button>
      ))}
    </Group>
    <Text size="xs" c="dimmed" mt={4}>
      {formTemplates[value].about} Everything in it can be changed.
    </Text>
  </div>
);
