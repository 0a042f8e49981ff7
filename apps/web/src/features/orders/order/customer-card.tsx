import { Anchor, Group, Text } from '@mantine/core';
import type { Order } from '@windlass/contract';
import { Copy } from '../../../ui/copy.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Section } from '../../../ui/section.tsx';
import { answersSaid } from './answer-text.ts';

const Contact = ({ href, text, what }: { href: string; text: string; what: string }) => (
  <Group gap={4} wrap="nowrap">
    <Anchor href={href} size="sm">
      {text}
    </Anchor>
    <Copy text={text} what={what} />
  </Group>
);

/** Who ordered, and how to reach them. */
export const CustomerCard = ({ order }: { order: Order }) => {
  const { name, email, phone } = order.customer;
  return (
    <div className="wl-card">
      <Section title="Customer">
        <Facts
          facts={[
            { name: 'Name', value: name },
            ...(email === null
              ? []
              : [
                  {
                    name: 'E-mail',
                    value: (
                      <Contact
                        href={`mailto:${encodeURIComponent(email).replaceAll('%40', '@')}?subject=${encodeURIComponent(`${order.dropTitle}: ${order.number}`)}`}
                        text={email}
                        what="e-mail address"
                      />
                    ),
                  },
                ]),
            ...(phone === null
              ? []
              : [
                  {
                    name: 'Phone',
                    value: (
                      <Contact
                        href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}
                        text={phone}
                        what="phone number"
                      />
                    ),
                  },
                ]),
            {
              name: 'Status link',
              value: <Contact href={order.statusUrl} text={order.statusUrl} what="status link" />,
            },
          ]}
        />
        {email === null && phone === null && (
          <Text size="sm" c="dimmed">
            They left no address: the status link is all they have.
          </Text>
        )}
      </Section>
    </div>
  );
};

/** What was asked once for the order, and answered. */
export const AnswersCard = ({ order }: { order: Order }) => {
  const said = answersSaid(
    order.form.fields.filter(({ scope }) => scope === 'order'),
    order.answers,
  );
  if (said.length === 0) return null;
  return (
    <div className="wl-card">
      <Section title="Answers" about={`Version ${order.form.version} of the form`}>
        <Facts
          facts={said.map(({ label, text }) => ({
            name: label,
            value: <span style={{ whiteSpace: 'pre-wrap' }}>{text}</span>,
          }))}
        />
      </Section>
    </div>
  );
};
