interface LabHeaderProps {
  logo: string | null;
  title: string;
  text?: string;
}

/** Whose page it is. Lines of the text are kept as the lab has written them. */
export const LabHeader = ({ logo, title, text = '' }: LabHeaderProps) => (
  <header className="lab">
    {logo !== null && <img className="lab-logo" src={logo} alt="" />}
    <h1>{title}</h1>
    {text.trim() !== '' && <p className="lab-text">{text.trim()}</p>}
  </header>
);
