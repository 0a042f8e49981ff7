import { useQueryClient } from '@tanstack/react-query';
import type { ConnectionId, TeamId } from '@windlass/contract';
import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';
import { createUploadSession, type UploadSession } from './upload-session.ts';

type SessionOf = (connectionId: ConnectionId) => UploadSession;

const UploadSessionsContext = createContext<SessionOf | null>(null);

const isUnderWay = (session: UploadSession): boolean => {
  const counts = session.snapshot()?.counts;
  return counts !== undefined && counts.waiting + counts.preparing + counts.sending + counts.completing > 0;
};

/** Holds the uploads of this tab above all screens, so that they go on while others are looked at. */
export const UploadSessions = ({ teamId, children }: { teamId: TeamId; children: ReactNode }) => {
  const client = useQueryClient();
  const [sessions] = useState(() => new Map<ConnectionId, UploadSession>());
  const [sessionOf] = useState(() => (connectionId: ConnectionId): UploadSession => {
    const known = sessions.get(connectionId);
    if (known !== undefined) return known;
    const made = createUploadSession({ teamId, connectionId }, () => {
      void client.invalidateQueries({ queryKey: ['transfers', teamId] });
      void client.invalidateQueries({ queryKey: ['upload-grants', teamId] });
    });
    sessions.set(connectionId, made);
    return made;
  });
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if ([...sessions.values()].some(isUnderWay)) event.preventDefault();
    };
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [sessions]);
  return <UploadSessionsContext value={sessionOf}>{children}</UploadSessionsContext>;
};

/** @throws outside the shell. */
export const useUploadSession = (connectionId: ConnectionId): UploadSession => {
  const sessionOf = useContext(UploadSessionsContext);
  if (sessionOf === null) throw new Error('useUploadSession is for screens inside the shell');
  return sessionOf(connectionId);
};
