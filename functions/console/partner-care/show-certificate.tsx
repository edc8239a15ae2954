import { Badge, Card, Facts, Time } from '#console/ui/parts';
import { definePage, view } from '#functions/console/web/page';
import { getCertificateRoute } from '#shared/contracts/partners/training/get-certificate';
import { PARTNER_PATH, partnerBase, partnerParams } from './care-paths.ts';
import { CERTIFICATE_STATES, TRAINING_READERS } from './training-words.ts';

/** One certificate, fit to be printed. */
export const showCertificate = definePage({
  name: 'show-certificate',
  path: `${PARTNER_PATH}/certificates/{certificationId}`,
  access: TRAINING_READERS,
  show: async ({ api, params, format, programme }) => {
    const certificationId = params.certificationId ?? '';
    const held = await api.call(getCertificateRoute, { params: { ...partnerParams(params), certificationId } });
    const [tone, state] = CERTIFICATE_STATES[held.status];
    return view({
      title: held.title ?? held.certification,
      trail: [['Training', `${partnerBase(params)}/training`]],
      lead: <Badge tone={tone}>{state}</Badge>,
      body: (
        <Card title={`${programme.name} certifies ${held.partnerName}`}>
          <Facts
            rows={[
              ['In', held.certification],
              ['Earned', <Time at={held.certifiedAt} format={format} as="day" />],
              ['Valid until', held.expiresAt ? <Time at={held.expiresAt} format={format} as="day" /> : 'no end'],
              ['Can be renewed from', held.renewableFrom && <Time at={held.renewableFrom} format={format} as="day" />],
              ['Revoked', held.revokedAt && <Time at={held.revokedAt} format={format} as="day" />],
              ['Why', held.revokedReason],
              ['Number', <code class="hash">{held.certificationId}</code>],
            ]}
          />
        </Card>
      ),
    });
  },
});
